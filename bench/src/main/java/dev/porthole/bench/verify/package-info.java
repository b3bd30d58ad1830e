/**
 * Verification by Porthole, by ffprobe and by bare sockets: one stream ({@link dev.porthole.bench.verify.StreamBench}), a
 * camera published and proved ({@link dev.porthole.bench.verify.PublishBench}), a thousand streams at once
 * ({@link dev.porthole.bench.verify.ThousandBench}).
 */
@NullMarked
package dev.porthole.bench.verify;

import org.jspecify.annotations.NullMarked;
