package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost audit}. */
@Command(
        name = "audit",
        description = "Show, export and verify who did what (docs/audit.md).",
        mixinStandardHelpOptions = true,
        subcommands = {
            AuditListCommand.class,
            AuditExportCommand.class,
            AuditVerifyCommand.class,
            AuditKeysCommand.class
        })
final class AuditCommand {}
