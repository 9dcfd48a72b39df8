package org.outpost.server.web;

import org.outpost.access.right.Verb;
import org.outpost.server.logging.LogLevels;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** Log levels, changed while the server runs. */
@RestController
@RequestMapping("/api/v1/log-levels")
final class LogLevelController {
    private final LogLevels levels;

    LogLevelController(LogLevels levels) {
        this.levels = levels;
    }

    /** What is set. */
    record LevelView(String logger, String level) {}

    /** What shall be set. */
    record Change(String level) {}

    @GetMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    Listing<LevelView> list() {
        List<LevelView> all =
                levels.explicit().entrySet().stream()
                        .map(entry -> new LevelView(entry.getKey(), entry.getValue()))
                        .toList();
        return new Listing<>(all, all.size());
    }

    @PutMapping("/{logger}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void set(@PathVariable String logger, @RequestBody Change change) {
        try {
            levels.set(logger, change.level());
        } catch (IllegalArgumentException e) {
            throw Answers.problem(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }
}
