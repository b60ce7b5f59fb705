/* SPDX-License-Identifier: MIT */
/* For cppcheck alone, which does not read the system's headers: <sys/queue.h>'s loop. */
#define TAILQ_FOREACH(v, head, field) for ((v) = (head)->tqh_first; (v); (v) = (v)->field.tqe_next)
