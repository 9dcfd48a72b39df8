package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost token}. */
@Command(
        name = "token",
        description = "Make, list and revoke the API tokens of a user.",
        mixinStandardHelpOptions = true,
        subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class})
final class TokenCommand {}
