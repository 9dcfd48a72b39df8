package org.outpost.server.command;

import tools.jackson.databind.JsonNode;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;

/** Follows a job to its end, a line for each step forward. */
final class JobWatch {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int PATIENCE = 60;

    private final ApiClient client;
    private final PrintWriter out;
    private final boolean json;

    JobWatch(ApiClient client, PrintWriter out, boolean json) {
        this.client = client;
        this.out = out;
        this.json = json;
    }

    /**
     * Returns when the job has ended and every device did what was asked. Bears a restart of the
     * server.
     *
     * @throws CommandFailedException when a device did not, or the server cannot be asked
     */
    void follow(String id) throws CommandFailedException {
        String shown = "";
        int failures = 0;
        while (true) {
            JsonNode answer;
            try {
                answer = client.get(ApiClient.path("jobs", id), Map.of());
                failures = 0;
            } catch (ApiProblemException e) {
                throw e;
            } catch (CommandFailedException e) {
                failures++;
                if (failures > PATIENCE || shown.isEmpty()) {
                    throw e;
                }
                Pause.of(PAUSE);
                continue;
            }
            JobView job = client.read(answer, JobView.class);
            String now = job.summary();
            if (!now.equals(shown) && !json) {
                out.println(now);
                out.flush();
            }
            shown = now;
            if (job.isOver()) {
                if (json) {
                    out.println(JsonText.of(answer));
                }
                end(job);
                return;
            }
            Pause.of(PAUSE);
        }
    }

    private static void end(JobView job) throws CommandFailedException {
        if (!job.isDone()) {
            throw new CommandFailedException(
                    "not every device did it ("
                            + job.summary()
                            + "); see: outpost job show "
                            + job.id()
                            + " --state failed");
        }
    }
}
