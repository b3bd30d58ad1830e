/** Whether a camera's web page and stream can be reached, and how far an attempt came. */
@NullMarked
package dev.porthole.verify;

import org.jspecify.annotations.NullMarked;
