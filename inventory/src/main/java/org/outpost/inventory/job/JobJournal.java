package org.outpost.inventory.job;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What a running job writes down. Stages complete when it is durable, and fail when that is not
 * known; everything may be asked for again then.
 */
interface JobJournal {
    /** The next devices that wait, in the order of their places, behind one; -1 for the first. */
    CompletionStage<List<Target>> waiting(String job, long after, int most);

    /** Writes, before the device is asked, that it is; says whether it is not accounted for. */
    CompletionStage<Boolean> begin(String job, Target target, Instant now);

    /** Lets a device wait again that was not asked after all. */
    CompletionStage<Boolean> putBack(String job, Target target);

    /** Accounts for a device, unless it is accounted for. */
    CompletionStage<Boolean> end(String job, Target target, Outcome outcome, Instant now);

    /** Accounts for some of the devices that wait; says for how many. */
    CompletionStage<Integer> cancelSome(String job, int most, Instant now);

    /** Ends a job all of whose devices are accounted for; says whether they are. */
    CompletionStage<Boolean> finish(String job, Instant now);
}
