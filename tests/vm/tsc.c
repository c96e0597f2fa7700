/* Prints the rate of the time stamp counter in kHz. On a busy machine the guest's
   kernel would measure it wrongly, and its clock would run several times too fast. */
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <x86intrin.h>

struct moment { uint64_t ticks; double seconds; };

/* The pair of readings with the least time between them: nothing came in between. */
static struct moment now(void)
{
    struct moment best = {0, 0};
    uint64_t shortest = UINT64_MAX;
    for (int attempt = 0; attempt < 1000; attempt++) {
        struct timespec time;
        uint64_t before = __rdtsc();
        clock_gettime(CLOCK_MONOTONIC, &time);
        uint64_t after = __rdtsc();
        if (after - before < shortest) {
            shortest = after - before;
            best.ticks = before + shortest / 2;
            best.seconds = time.tv_sec + time.tv_nsec * 1e-9;
        }
    }
    return best;
}

int main(void)
{
    struct moment first = now();
    struct timespec pause = {0, 200000000};
    nanosleep(&pause, NULL);
    struct moment last = now();
    printf("%.0f\n", (last.ticks - first.ticks) / (last.seconds - first.seconds) / 1000);
    return 0;
}
