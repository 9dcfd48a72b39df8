package org.outpost.testkit.apf;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** The least a server does: says yes to everything a decent device asks. */
final class PoliteServer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ApfConnection connection;

    PoliteServer(ApfConnection connection) {
        this.connection = connection;
    }

    /** Answers until this message came, which it leaves to the caller. */
    <T extends WireMessage> T until(Class<T> type) {
        while (true) {
            WireMessage message = next().orElseThrow(() -> new AssertionError("no more"));
            answer(message);
            if (type.isInstance(message)) {
                return type.cast(message);
            }
        }
    }

    /** Answers until the device ends the connection. */
    void untilTheEnd() {
        try {
            for (Optional<WireMessage> next = next(); next.isPresent(); next = next()) {
                answer(next.get());
            }
        } catch (UncheckedIOException gone) {
            // the device went while it was answered, which is its end too
        }
    }

    private Optional<WireMessage> next() {
        return connection.receive(PATIENCE);
    }

    private void answer(WireMessage message) {
        switch (message) {
            case WireMessage.ServiceRequest request ->
                    connection.send(ApfBytes.serviceAccept(request.service()));
            case WireMessage.UserauthRequest _ -> connection.send(ApfBytes.userauthSuccess());
            case WireMessage.TcpipForward forward ->
                    connection.send(ApfBytes.requestSuccess(forward.port()));
            case WireMessage.CancelTcpipForward _ -> connection.send(ApfBytes.requestSuccess());
            case WireMessage.KeepAliveRequest request ->
                    connection.send(ApfBytes.keepAliveReply(request.cookie()));
            case WireMessage.Undecodable _ -> {
                connection.send(ApfBytes.disconnect(2));
                connection.close();
            }
            default -> {
                // for the test
            }
        }
    }
}
