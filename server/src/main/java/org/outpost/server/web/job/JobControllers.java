package org.outpost.server.web.job;

import org.outpost.access.AccessControl;
import org.outpost.server.web.WebServer;

import java.util.Map;

/** The controllers of this package, by the names of their beans. */
public final class JobControllers {
    private JobControllers() {}

    /** Makes them. */
    public static Map<String, Object> of(
            WebServer.JobParts jobs, DeviceSelection devices, AccessControl access) {
        JobOwners owners = new JobOwners(access);
        JobViewers viewers = new JobViewers(access);
        return Map.of(
                "jobController",
                new JobController(jobs.runner(), devices, owners, viewers),
                "scheduleController",
                new ScheduleController(jobs.scheduler(), devices, owners, viewers));
    }
}
