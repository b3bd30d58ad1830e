/** What all comparisons share: the home in which they run, turns in processes of their own, what came of them, tables. */
@NullMarked
package dev.porthole.bench.turns;

import org.jspecify.annotations.NullMarked;
