package org.outpost.server.web;

import org.outpost.gateway.tunnel.Presence;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** The tunnels that are open now. */
@RestController
@RequestMapping("/api/v1/tunnels")
final class TunnelController {
    private final Presence presence;

    TunnelController(Presence presence) {
        this.presence = presence;
    }

    @GetMapping
    Listing<TunnelView> list() {
        List<TunnelView> tunnels = presence.tunnels().stream().map(TunnelView::of).toList();
        return new Listing<>(tunnels, tunnels.size());
    }

    @GetMapping("/{id}")
    TunnelView show(@PathVariable long id) {
        return presence.tunnel(id).map(TunnelView::of).orElseThrow(() -> unknown(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset(@PathVariable long id) {
        if (!Answers.await(presence.reset(id))) {
            throw unknown(id);
        }
    }

    private static ErrorResponseException unknown(long id) {
        return Answers.problem(
                HttpStatus.NOT_FOUND,
                "No tunnel has the number " + id + "; it may have ended. See: outpost tunnel list");
    }
}
