package org.outpost.access.audit.verify;

/** What verifying a trail found. */
public sealed interface Verification {
    /**
     * All of it is as it was written.
     *
     * @param first the first entry's number; 0 when there are none
     * @param last the last entry's number; 0 when there are none
     * @param entries how many there are, hidden ones included
     * @param signed the highest number that a signature stands for; what comes after it could have
     *     been made up by somebody who can write to the trail
     * @param sealed whether a signature stands for the whole of it, its beginning and its end
     *     included, as it does for an export
     */
    record Sound(long first, long last, long entries, long signed, boolean sealed)
            implements Verification {}

    /**
     * It is not.
     *
     * @param fault in which way
     * @param sequence the first entry at fault
     * @param line the line of the file, from 1; 0 where there is no file
     * @param reason a sentence for the operator
     */
    record Broken(Fault fault, long sequence, long line, String reason) implements Verification {}
}
