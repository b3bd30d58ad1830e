/** What this installation has mapped, remembered across restarts. Entry type: {@link dev.porthole.ledger.Ledger}. */
@NullMarked
package dev.porthole.ledger;

import org.jspecify.annotations.NullMarked;
