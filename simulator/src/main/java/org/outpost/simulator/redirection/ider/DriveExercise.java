package org.outpost.simulator.redirection.ider;

/**
 * What a boot tries beside what it needs, to prove a console.
 *
 * @param reset whether the drives are reset in mid-transfer
 * @param write whether a block is written, which a console must refuse
 */
public record DriveExercise(boolean reset, boolean write) {
    /** Only what a boot needs. */
    public static final DriveExercise NONE = new DriveExercise(false, false);
}
