package org.outpost.server.service;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Who started this process as a service and wants to know how it is. Without one, whatever is told
 * goes nowhere. No method waits or fails: a service does not stop because nobody listens.
 */
public interface ServiceManager extends AutoCloseable {
    /** Nobody. */
    ServiceManager NONE = new None();

    /** As the environment of this process says: systemd, or nobody. */
    static ServiceManager ofThisProcess() {
        Map<String, String> environment = System.getenv();
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (socket.isEmpty()) {
            return NONE;
        }
        try {
            return new Systemd(
                    socket, Systemd.watchdog(environment, ProcessHandle.current().pid()));
        } catch (IllegalStateException e) {
            Logger log = LoggerFactory.getLogger(ServiceManager.class);
            log.atWarn()
                    .addKeyValue("socket", socket)
                    .addKeyValue("reason", e.getMessage())
                    .log("systemd cannot be told how the service is");
            return NONE;
        }
    }

    /**
     * The service does its work from now on.
     *
     * @param status one line for people, such as how many doors are open
     */
    void ready(String status);

    /** One line for people. */
    void status(String status);

    /** The service ends in good order. */
    void stopping();

    /** The service is alive; to be told at least as often as {@link #watchdog} asks for. */
    void alive();

    /** After which silence the manager ends and restarts the service; empty when it does not. */
    Optional<Duration> watchdog();

    /** Gives back what telling took. */
    @Override
    void close();

    /** Hears nothing. */
    final class None implements ServiceManager {
        private None() {}

        @Override
        public void ready(String status) {}

        @Override
        public void status(String status) {}

        @Override
        public void stopping() {}

        @Override
        public void alive() {}

        @Override
        public Optional<Duration> watchdog() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
