/* SPDX-License-Identifier: MIT */
/* Stands in for libFuzzer: runs a target over files and the files of folders. A crash is a finding, so is an input that takes longer
 * than a second or more than 64 MB (TAP: one line an input). */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

enum { SECONDS = 1, MEGABYTES = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

static unsigned count;
static bool failed;

static long peak_mb(void)
{
	struct rusage used;

	getrusage(RUSAGE_SELF, &used);
	return used.ru_maxrss / 1024;
}

static void one(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data;
	long size;
	clock_t start;
	double took;
	bool good;

	if (!f || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0) {
		perror(path);
		exit(1);
	}
	rewind(f);
	/* No byte more than there are, so that a sanitizer sees a read past the end. */
	data = malloc(size ? (size_t)size : 1);
	if (!data || fread(data, 1, (size_t)size, f) != (size_t)size)
		exit(1);
	fclose(f);
	start = clock();
	LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
	took = (double)(clock() - start) / CLOCKS_PER_SEC;
	/* Sanitizers cost time and memory of their own. */
	good = getenv("ASAN_OPTIONS") || (took < SECONDS && peak_mb() < MEGABYTES);
	failed = failed || !good;
	printf("%sok %u - %s\n", good ? "" : "not ", ++count, path);
	if (!good)
		printf("# took %.2f s and %ld MB\n", took, peak_mb());
	fflush(stdout);
}

static void folder(const char *path)
{
	struct dirent **entry;
	int n = scandir(path, &entry, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		char name[4096];
		snprintf(name, sizeof name, "%s/%s", path, entry[i]->d_name);
		if (entry[i]->d_name[0] != '.')
			one(name);
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
}

int main(int argc, char **argv)
{
	struct stat s;

	if (LLVMFuzzerInitialize)
		LLVMFuzzerInitialize(&argc, &argv);
	for (int i = 1; i < argc; i++)
		if (stat(argv[i], &s) == 0 && S_ISDIR(s.st_mode))
			folder(argv[i]);
		else
			one(argv[i]);
	printf("1..%u\n", count);
	return failed;
}
