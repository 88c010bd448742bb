/*
 * Windows' spooler for tests: the same names, signatures and structures, wide strings in UTF-16, the last error kept for
 * each thread as Windows keeps it. What goes wrong is set by `fake_set`; what was done is read by `fake_get`.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef uint16_t wide;
typedef void *handle;
typedef struct { const wide *document, *output_file, *datatype; } doc_info;
typedef struct { wide *printer, *server; uint32_t attributes; } printer_name;
typedef struct {
  void *pointers[13];
  uint32_t attributes, priority, default_priority, start_time, until_time, status, jobs, pages;
} printer_info;
typedef struct { uint32_t id; void *pointers[6]; uint32_t status, priority, position, total, printed; uint16_t time[8]; } job_info;

enum {
  OPEN_ERROR, OPEN_HANGS_MS, STATUS, ATTRIBUTES, SHORT_WRITE, FAIL_AFTER, FAIL_CODE, STALL_AFTER, STALL_MS,
  JOB_STATUS, JOB_STAYS, BAD_DATATYPE, LIST_ERROR, NO_PRINTERS, JOB_GONE_ERROR, /* what was done: */ OPENED, CLOSED, ABORTED, ENDED, DELETED, WRITES, WRITTEN,
  COUNT
};
static volatile int32_t values[COUNT];
static uint8_t *bytes;
static wide datatype[32];
static __thread uint32_t last_error;

static const wide names[3][32] = { u"Receipt", u"طابعة السندات", u"Kasse \U0001F9FE" };

void fake_reset(void) {
  memset((void *)values, 0, sizeof values);
  values[SHORT_WRITE] = values[FAIL_AFTER] = values[STALL_AFTER] = 1 << 30;
  values[JOB_GONE_ERROR] = 87;
}
void fake_set(int32_t what, int32_t value) { values[what] = value; }
int32_t fake_get(int32_t what) { return values[what]; }
void fake_bytes(void *into) { memcpy(into, bytes, values[WRITTEN]); }
void fake_datatype(wide *into) { memcpy(into, datatype, sizeof datatype); }

static int fail(uint32_t code) {
  last_error = code;
  return 0;
}
static int same(const wide *a, const wide *b) {
  while (*a != 0 && *a == *b) a++, b++;
  return *a == *b;
}

uint32_t GetLastError(void) { return last_error; }

int OpenPrinterW(const wide *name, handle *out, void *defaults) {
  if (values[OPEN_HANGS_MS] > 0) usleep(values[OPEN_HANGS_MS] * 1000);
  if (values[OPEN_ERROR] != 0) return fail(values[OPEN_ERROR]);
  for (int at = 0; at < 3; at++) {
    if (!same(name, names[at])) continue;
    values[OPENED]++;
    *out = (handle)&names[at];
    return 1;
  }
  return fail(1801);
}

int ClosePrinter(handle printer) { return ++values[CLOSED]; }

int GetPrinterW(handle printer, uint32_t level, void *room, uint32_t size, uint32_t *needed) {
  *needed = sizeof(printer_info);
  if (level != 2) return fail(124);
  if (size < *needed) return fail(122);
  printer_info *info = room;
  memset(info, 0xee, sizeof *info);
  info->attributes = values[ATTRIBUTES];
  info->status = values[STATUS];
  return 1;
}

uint32_t StartDocPrinterW(handle printer, uint32_t level, doc_info *doc) {
  if (level != 1) return fail(124);
  if (values[BAD_DATATYPE] != 0 && same(doc->datatype, u"RAW")) return fail(1804);
  for (int at = 0; at < 31; at++) if ((datatype[at] = doc->datatype[at]) == 0) break;
  return 77;
}
int StartPagePrinter(handle printer) { return 1; }

int WritePrinter(handle printer, const void *data, uint32_t size, uint32_t *written) {
  *written = 0;
  values[WRITES]++;
  if (values[WRITTEN] >= values[STALL_AFTER]) usleep(values[STALL_MS] * 1000);
  if (values[WRITTEN] >= values[FAIL_AFTER]) return fail(values[FAIL_CODE]);
  uint32_t taken = size < (uint32_t)values[SHORT_WRITE] ? size : (uint32_t)values[SHORT_WRITE];
  bytes = realloc(bytes, values[WRITTEN] + taken);
  memcpy(bytes + values[WRITTEN], data, taken);
  values[WRITTEN] += taken;
  *written = taken;
  return 1;
}
int EndPagePrinter(handle printer) { return 1; }
int EndDocPrinter(handle printer) { return ++values[ENDED]; }
int AbortPrinter(handle printer) { return ++values[ABORTED]; }

int GetJobW(handle printer, uint32_t job, uint32_t level, void *room, uint32_t size, uint32_t *needed) {
  *needed = 0;
  if (job != 77 || level != 1) return fail(124);
  /* Gone from the queue when it has been looked at often enough. */
  if (values[JOB_STAYS] <= 0) return fail(values[JOB_GONE_ERROR]);
  *needed = sizeof(job_info);
  if (size < *needed) return fail(122);
  values[JOB_STAYS]--;
  job_info *info = room;
  memset(info, 0xee, sizeof *info);
  info->status = values[JOB_STATUS];
  return 1;
}
int SetJobW(handle printer, uint32_t job, uint32_t level, void *info, uint32_t command) {
  if (job == 77 && command == 5) values[DELETED]++;
  return 1;
}

int EnumPrintersW(uint32_t flags, const wide *name, uint32_t level, void *room, uint32_t size, uint32_t *needed, uint32_t *count) {
  *needed = *count = 0;
  if (values[LIST_ERROR] != 0) return fail(values[LIST_ERROR]);
  if (flags != 6 || level != 4) return fail(124);
  if (values[NO_PRINTERS] != 0) return 1;
  *needed = 3 * sizeof(printer_name) + sizeof names;
  if (size < *needed) return fail(122);
  wide *text = (wide *)((uint8_t *)room + 3 * sizeof(printer_name));
  memcpy(text, names, sizeof names);
  for (int at = 0; at < 3; at++) ((printer_name *)room)[at] = (printer_name){ text + at * 32, 0, 0 };
  *count = 3;
  return 1;
}
