package org.outpost.server.web;

import org.outpost.access.right.Verb;
import org.outpost.server.web.security.Needs;
import org.outpost.server.why.Why;
import org.outpost.server.why.WhyAnswer;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why a device does not come through. */
@RestController
@RequestMapping("/api/v1/why")
final class WhyController {
    private static final int LONGEST = 255;

    private final Why why;

    WhyController(Why why) {
        this.why = why;
    }

    @GetMapping
    @Needs(value = Verb.VIEW, over = Needs.Over.EVERYTHING)
    WhyAnswer ask(@RequestParam String target) {
        if (target.isBlank() || target.length() > LONGEST) {
            throw Answers.problem(
                    HttpStatus.BAD_REQUEST,
                    "target must be a device's name or UUID, an address, or a range such as"
                            + " 10.0.0.0/8.");
        }
        return Answers.await(why.ask(target.strip()));
    }
}
