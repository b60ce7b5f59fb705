/* SPDX-License-Identifier: MIT */
/* Messages: headers, forms and bodies byte for byte, and many at random read back by Python's parser. */
#include "io/io.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>
#include <cmocka.h>

static const struct mailbox to[] = { { "Cheryl Roberts", "c.roberts@example.org" } };

static struct message message(void)
{
	return (struct message){
		.from = { NULL, "you@example.org" },
		.to = to,
		.nto = 1,
		.subject = "Your actions",
		.text = "Dear Cheryl,\n\nplease.\n",
		.date = 1227268800, /* 2008-11-21 12:00 UTC */
		.id = "1@example.org",
	};
}

static char *written(const struct message *m, enum message_form form)
{
	struct buf b = { 0 };
	struct out *out = out_open_memory(&b);
	struct fault f = { 0 };

	message_write(out, m, form);
	assert_true(out_close(out, &f));
	return b.p;
}

static void test_mbox(void **state)
{
	struct message m = message();

	(void)state;
	char *s = written(&m, MESSAGE_MBOX);
	assert_string_equal(s, "From MAILER-DAEMON Fri Nov 21 12:00:00 2008\n"
	                       "From: you@example.org\n"
	                       "To: Cheryl Roberts <c.roberts@example.org>\n"
	                       "Subject: Your actions\n"
	                       "Date: Fri, 21 Nov 2008 12:00:00 +0000\n"
	                       "Message-ID: <1@example.org>\n"
	                       "MIME-Version: 1.0\n"
	                       "Content-Type: text/plain; charset=utf-8\n"
	                       "Content-Transfer-Encoding: quoted-printable\n"
	                       "\n"
	                       "Dear Cheryl,\n"
	                       "\n"
	                       "please.\n"
	                       "\n");
	mem_free(s);
}

static void test_forms(void **state)
{
	struct message m = message();

	(void)state;
	m.in_reply_to = "0@example.org";
	m.references = (const char *const[]){ "a@example.org", "0@example.org" };
	m.nreferences = 2;
	m.date = 1217592000; /* 2008-08-01 12:00 UTC */
	char *s = written(&m, MESSAGE_DRAFT);
	assert_non_null(strstr(s, "\r\nX-Unsent: 1\r\n"));
	assert_non_null(strstr(s, "\r\nIn-Reply-To: <0@example.org>\r\n"
	                          "References: <a@example.org> <0@example.org>\r\n"));
	assert_non_null(strstr(s, "\r\nDate: Fri, 1 Aug 2008 13:00:00 +0100\r\n"));
	assert_null(strstr(s, "Auto-Submitted"));
	for (const char *p = s; (p = strchr(p, '\n')) != NULL; p++)
		assert_int_equal(p[-1], '\r');
	mem_free(s);
	s = written(&m, MESSAGE_MAIL);
	assert_non_null(strstr(s, "\nAuto-Submitted: auto-generated\n"));
	assert_null(strchr(s, '\r'));
	assert_null(strstr(s, "X-Unsent"));
	mem_free(s);
}

/* What would end a header or the message, anywhere. */
static void test_injection(void **state)
{
	struct message m = message();
	struct mailbox bad[] = { { "x\r\nBcc: all@example.org\r\n\r\nbody", "a@example.org" },
		{ "y", "b@example.org\nBcc: c@example.org" },
		{ "=?utf-8?q?z?= <d@example.org>, e@example.org", "f@example.org" } };

	(void)state;
	m.to = bad;
	m.nto = COUNT(bad);
	m.subject = "s\nBcc: g@example.org\n\nFrom here";
	m.id = "i@example.org>\nBcc: h@example.org";
	m.in_reply_to = "j k@example.org";
	m.text = "From me\n>From you\n.\n\r\n";
	char *s = written(&m, MESSAGE_MBOX);
	assert_null(strstr(s, "\nBcc"));
	assert_null(strstr(s, "b@example.org"));
	assert_null(strstr(s, "Message-ID"));
	assert_null(strstr(s, "In-Reply-To"));
	assert_non_null(strstr(s, "\n=46rom me\n>From you\n=2E\n\n"));
	assert_non_null(strstr(s, "f@example.org>\n"));
	mem_free(s);
}

static void test_addresses(void **state)
{
	static const char *const good[] = { "a@b", "c.roberts+x@fife.gov.uk",
		"o'neil@example.org" };
	static const char *const bad[] = { "", "a", "@b", "a@", "a@b@c", "a b@c", "a@b c", "a,b@c",
		"<a@b>", "a@b>", "\"a\"@b", "a@b\n", "é@b", ".a@b", "a..b@c", "a.@b", "a@.b",
		"a@-b", "a@[1.2.3.4]", "a\\@b", "a(x)@b", "a@b;c" };
	struct fault f = { 0 };
	struct arena *a = arena_new();
	struct mailbox m;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		assert_true(address_check(good[i], &f));
	for (size_t i = 0; i < COUNT(bad); i++)
		if (address_check(bad[i], &f))
			fail_msg("taken: %s", bad[i]);
	assert_false(address_check(NULL, &f));
	assert_true(mailbox_parse(a, " \"Roberts, \\\"C\\\"\" < c@d > ", &m, &f));
	assert_string_equal(m.name, "Roberts, \"C\"");
	assert_string_equal(m.address, "c@d");
	assert_true(mailbox_parse(a, "<c@d>", &m, &f));
	assert_null(m.name);
	assert_true(mailbox_parse(a, "c@d", &m, &f));
	assert_null(m.name);
	assert_false(mailbox_parse(a, "Cheryl", &m, &f));
	assert_int_equal(f.status, STATUS_USAGE);
	arena_free(a);
}

static uint32_t seed = 20081121;

static uint32_t next_random(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

/* Text of any script and what headers are made of; what the reader is to see in `shown`. */
static void random_text(struct buf *b, bool lines)
{
	static const char *const pieces[] = { "a", "B", "9", " ", "  ", ",", "\"", "\\", "<", ">",
		"@", "(", ")", "=?utf-8?q?x?=", "=", "?", "_", ".", ";", ":", "é", "Ж", "語", "𝄞",
		"שלום", "O'Neil", "a long word of many letters",
		"supercalifragilisticexpialidocious", "-", "From ", "'" };
	uint32_t n = 1 + next_random(40);

	buf_addc(b, 'N');
	for (uint32_t i = 0; i < n; i++) {
		if (lines && next_random(6) == 0)
			buf_addc(b, '\n');
		buf_adds(b, pieces[next_random(COUNT(pieces))]);
	}
	buf_addc(b, 'E');
}

static void json(struct out *out, const char *text)
{
	out_char(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			out_char(out, '\\');
		if (*text == '\n')
			out_text(out, "\\n");
		else
			out_char(out, *text);
	}
	out_char(out, '"');
}

static void test_read_back(void **state)
{
	static const char script[] =
	        "python3 tests/tools/read-mail.py mbox %s/box >%s/read && python3 -c \""
	        "import json,sys\n"
	        "a=[json.loads(l) for l in open('%s/meant')]\n"
	        "b=[json.loads(l) for l in open('%s/read')]\n"
	        "assert len(a)==len(b),(len(a),len(b))\n"
	        "for x,y in zip(a,b):\n"
	        "  g={'name':y['to'][0][0],'subject':y['subject'],'text':y['text']}\n"
	        "  assert x==g and len(y['to'])==1 and len(y['cc'])==2,(x,g)\n\"";
	char folder[] = "/tmp/message-XXXXXX", path[64], command[2048];
	struct fault f = { 0 };

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/box", folder);
	struct out *box = out_open_file(path, 0600, &f);
	snprintf(path, sizeof path, "%s/meant", folder);
	struct out *meant = out_open_file(path, 0600, &f);
	for (int i = 0; i < 400; i++) {
		struct buf name = { 0 }, subject = { 0 }, text = { 0 };
		random_text(&name, false);
		random_text(&subject, false);
		random_text(&text, true);
		buf_addc(&text, '\n');
		struct mailbox who = { name.p, "a@example.org" };
		struct mailbox cc[] = { { subject.p, "b@example.org" }, { NULL, "c@example.org" } };
		struct message m = message();
		m.to = &who;
		m.cc = cc;
		m.ncc = 2;
		m.subject = subject.p;
		m.text = text.p;
		message_write(box, &m, MESSAGE_MBOX);
		out_text(meant, "{\"name\": ");
		json(meant, name.p);
		out_text(meant, ", \"subject\": ");
		json(meant, subject.p);
		out_text(meant, ", \"text\": ");
		json(meant, text.p);
		out_text(meant, "}\n");
		buf_free(&name);
		buf_free(&subject);
		buf_free(&text);
	}
	assert_true(out_close(box, &f));
	assert_true(out_close(meant, &f));
	snprintf(command, sizeof command, script, folder, folder, folder, folder);
	assert_int_equal(system(command), 0);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mbox),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_injection),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_read_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
