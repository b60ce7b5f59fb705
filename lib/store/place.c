/* SPDX-License-Identifier: MIT */
/* Where a store may lie. Locks and fsync are not honest on network drives, and programs that keep a
 * folder the same in two places copy a store in the middle of a change. */
#include "store/internal.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <string.h>
#include <strings.h>
#include <sys/vfs.h>

enum place { PLACE_LOCAL, PLACE_NETWORK, PLACE_FUSE };

static enum place place_of(const char *folder, const char **name)
{
	static const struct {
		unsigned long magic;
		enum place place;
		const char *name;
	} known[] = {
		{ 0x6969, PLACE_NETWORK, "NFS" },
		{ 0xFF534D42, PLACE_NETWORK, "CIFS" },
		{ 0xFE534D42, PLACE_NETWORK, "SMB" },
		{ 0x517B, PLACE_NETWORK, "SMB" },
		{ 0x01021997, PLACE_NETWORK, "9p" },
		{ 0x5346414F, PLACE_NETWORK, "AFS" },
		{ 0x564C, PLACE_NETWORK, "NCP" },
		{ 0x00C36400, PLACE_NETWORK, "Ceph" },
		{ 0x0BD00BD0, PLACE_NETWORK, "Lustre" },
		{ 0x47504653, PLACE_NETWORK, "GPFS" },
		{ 0x01161970, PLACE_NETWORK, "GFS2" },
		{ 0x786F4256, PLACE_NETWORK, "vboxsf" },
		{ 0x73757245, PLACE_NETWORK, "Coda" },
		{ 0x65735546, PLACE_FUSE, "FUSE" },
	};
	struct statfs fs;
	if (statfs(folder, &fs) != 0)
		return PLACE_LOCAL;
	for (size_t i = 0; i < COUNT(known); i++)
		if ((unsigned long)(uint32_t)fs.f_type == known[i].magic) {
			*name = known[i].name;
			return known[i].place;
		}
	return PLACE_LOCAL;
}

/* A folder of the path that a synchronising program keeps: its name, or NULL. */
static const char *synchronised(const char *path)
{
	static const char *const names[] = { "OneDrive", "Dropbox", "Google Drive", "GoogleDrive",
		"My Drive", "iCloudDrive", "iCloud Drive", "Nextcloud", "ownCloud", "Syncthing",
		"Box Sync", "pCloudDrive", "MEGAsync" };
	for (const char *p = path; *p != '\0';) {
		p += strspn(p, "/");
		size_t n = strcspn(p, "/");
		for (size_t i = 0; i < COUNT(names); i++) {
			size_t k = strlen(names[i]);
			/* "OneDrive - Fife Council" is one too. */
			if (n >= k && strncasecmp(p, names[i], k) == 0 &&
			        (n == k || p[k] == ' ' || p[k] == '-'))
				return names[i];
		}
		p += n;
	}
	return NULL;
}

bool store_place_check(
        const char *path, bool any_file_system, struct fault *warning, struct fault *f)
{
	char copy[PATH_MAX], real[PATH_MAX];
	if (snprintf(copy, sizeof copy, "%s", path) >= (int)sizeof copy)
		return fault_set(f, STATUS_NOINPUT, "the path %s is too long", quote(path));
	/* The file may not be there yet; its folder must be. A link is followed to where it leads. */
	const char *where = realpath(path, real) != NULL ? real : NULL;
	if (where == NULL)
		where = realpath(dirname(copy), real);
	if (where == NULL)
		return fault_errno(f, STATUS_NOINPUT, "cannot open store %s", quote(path));
	const char *name = NULL, *kept = synchronised(real);
	enum place place = place_of(real, &name);
	if (any_file_system)
		return true;
	if (place == PLACE_NETWORK)
		return fault_set(f, STATUS_DENIED,
		        "store %s is on a network drive (%s), where it can be damaged; keep it on "
		        "a "
		        "disk of this computer and put backups here with compact-backup",
		        quote(path), name);
	if (kept != NULL)
		return fault_set(f, STATUS_DENIED,
		        "store %s is in a folder that %s copies about, where it can be damaged; "
		        "keep "
		        "it elsewhere and put backups here with compact-backup",
		        quote(path), kept);
	if (place == PLACE_FUSE && warning != NULL)
		fault_set(warning, STATUS_OK,
		        "store %s is on a FUSE file system; if that is a network drive the store "
		        "can "
		        "be damaged",
		        quote(path));
	return true;
}
