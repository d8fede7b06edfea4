/* Memory that is freed when the function returns (alloca(3)). */
#ifndef _ALLOCA_H
#define _ALLOCA_H

#define alloca(size) __builtin_alloca(size)

#endif
