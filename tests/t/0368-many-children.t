# SPDX-License-Identifier: MIT
# Records nested by the thousand: eight times as many take about eight times as long, not sixty-four.
. "$(dirname "$0")/lib.sh"

cat >many.py <<'END'
import os, resource, subprocess, sys

def write(name, head, item, n):
    with open(name, "w") as f:
        f.write("partnership:\n- ref: fife\n  name: Fife\nperson:\n")
        f.writelines("- {ref: p%d, name: Person %d}\n" % (i, i) for i in range(n))
        f.write("aim:\n")
        f.writelines("- {ref: '%d', text: Aim}\n" % i for i in range(n))
        f.write(head)
        f.writelines(item % i for i in range(n))

def cost(*command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime

HEADS = {
    "progress": ("action:\n- ref: A1\n  title: One\n  progress:\n", "  - {noted_on: 2026-01-01, text: Note %d}\n"),
    "present": ("meeting:\n- ref: M1\n  starts: 2026-01-01\n  title: One\n  present:\n", "  - p%d\n"),
    "aims": ("action:\n- ref: A1\n  title: One\n  aims:\n", "  - '%d'\n"),
}
few, many = 1500, 12000
for name, (head, item) in HEADS.items():
    took = {}
    for n in few, many:
        write("nested.yaml", head, item, n)
        for old in "nested.db", "nested.db-journal":
            if os.path.exists(old):
                os.remove(old)
        took[n] = cost("compact-load", "-q", "-d", "nested.db", "--create", "nested.yaml")
        took[n, "again"] = cost("compact-load", "-q", "-d", "nested.db", "nested.yaml")
    for what, a, b in (name, took[few], took[many]), (name + " again", took[few, "again"], took[many, "again"]):
        good = b < 15 * max(a, 0.05)
        print("%s %s: %.2f s for %d, %.2f s for %d" % ("good" if good else "bad", what, a, few, b, many))
END
python3 many.py >.tap/took
cat .tap/took | sed 's/^/# /'
for what in progress present aims; do
	ok "$what by the thousand" grep -q "^good $what:" .tap/took
	ok "and the same file again" grep -q "^good $what again:" .tap/took
done
finish
