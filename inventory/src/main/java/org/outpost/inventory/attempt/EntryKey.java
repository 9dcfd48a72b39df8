package org.outpost.inventory.attempt;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** Which entry of the ledger: a source, and the device when a UUID was announced. */
record EntryKey(Source source, @Nullable UUID device) {}
