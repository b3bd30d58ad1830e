package dev.porthole.bench.verify;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The most that this process takes while it works. Looks once a second, after a garbage collection that it forces. */
final class Peaks implements AutoCloseable {
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final long processorBefore = system.getProcessCpuTime();
    private volatile long heap;

    Peaks() {
        threads.resetPeakThreadCount();
        clock.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        memory.gc();
        heap = Math.max(heap, memory.getHeapMemoryUsage().getUsed());
    }

    /** The largest heap in use after a collection, in bytes. */
    long heap() {
        return heap;
    }

    /** The most threads at once. */
    int threads() {
        return threads.getPeakThreadCount();
    }

    /** The processor time taken, all threads together, collections too. */
    long processorMillis() {
        return TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime() - processorBefore);
    }

    /** The most memory that the process had resident since it began, in KiB, as the kernel has it. */
    static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
