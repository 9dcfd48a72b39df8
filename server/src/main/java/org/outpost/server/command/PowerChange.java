package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

/**
 * What can be done to the power of a device, and by which number of Open DMT's the server knows it
 * (the values of RequestPowerStateChange, DSP1027).
 */
enum PowerChange implements WordConverter.Word {
    ON("on", 2, PowerGoal.ON, false),
    OFF("off", 8, PowerGoal.OFF, true),
    SOFT_OFF("soft-off", 12, PowerGoal.OFF, false),
    CYCLE("cycle", 5, null, true),
    RESET("reset", 10, null, true),
    SOFT_RESET("soft-reset", 14, null, false),
    SLEEP("sleep", 4, PowerGoal.ASLEEP, false),
    HIBERNATE("hibernate", 7, PowerGoal.HIBERNATED, false),
    NMI("nmi", 11, null, true);

    private final String word;
    private final int number;
    private final @Nullable PowerGoal goal;
    private final boolean losesData;

    PowerChange(String word, int number, @Nullable PowerGoal goal, boolean losesData) {
        this.word = word;
        this.number = number;
        this.goal = goal;
        this.losesData = losesData;
    }

    static final class Choice extends WordConverter<PowerChange> {
        Choice() {
            super(PowerChange.values());
        }
    }

    @Override
    public String word() {
        return word;
    }

    /** Its number in the API. */
    int number() {
        return number;
    }

    /** In which state it ends; null when that is the state in which it began. */
    @Nullable PowerGoal goal() {
        return goal;
    }

    /** Whether what is not saved is lost: the operating system is not asked. */
    boolean losesData() {
        return losesData;
    }

    /** Whether the list of what a device can do speaks of it: Open DMT's has no NMI. */
    boolean isListed() {
        return this != NMI;
    }
}
