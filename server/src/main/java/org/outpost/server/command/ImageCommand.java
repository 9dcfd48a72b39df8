package org.outpost.server.command;

import picocli.CommandLine.Command;

/** {@code outpost image}. */
@Command(
        name = "image",
        description = "Show and change the images of CDs and floppies that the server holds.",
        mixinStandardHelpOptions = true,
        subcommands = {ImageListCommand.class, ImageAddCommand.class, ImageRemoveCommand.class})
public final class ImageCommand {}
