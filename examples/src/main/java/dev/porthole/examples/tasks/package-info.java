/** One small program per task, to be copied. Each takes what it needs as arguments; passwords come from a file. */
@NullMarked
package dev.porthole.examples.tasks;

import org.jspecify.annotations.NullMarked;
