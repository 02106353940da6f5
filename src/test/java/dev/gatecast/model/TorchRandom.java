package dev.gatecast.model;

/** PyTorch's generator for the CPU, a Mersenne twister, as far as the golden vectors need it. */
final class TorchRandom {
    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int at = N;

    TorchRandom(int seed) {
        state[0] = seed;
        for (var i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** What torch.rand gives in double precision. */
    double next() {
        var high = (long) bits() << 32;
        var all = high | (bits() & 0xffffffffL);
        return (all & ((1L << 53) - 1)) * 0x1p-53;
    }

    private int bits() {
        if (at == N) {
            twist();
        }
        var y = state[at++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void twist() {
        for (var i = 0; i < N; i++) {
            var y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
            state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        at = 0;
    }
}
