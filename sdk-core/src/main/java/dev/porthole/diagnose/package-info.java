/** Findings: a stable code, a cause in plain words and a remedy. Entry type: {@link dev.porthole.diagnose.Finding}. */
@NullMarked
package dev.porthole.diagnose;

import org.jspecify.annotations.NullMarked;
