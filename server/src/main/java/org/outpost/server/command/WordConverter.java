package org.outpost.server.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads one of a closed set of words from the command line, and offers them to the shell.
 *
 * @param <E> the set
 */
abstract class WordConverter<E extends WordConverter.Word>
        implements ITypeConverter<E>, Iterable<String> {
    private final List<E> words;

    /** A thing that is called by a word. */
    interface Word {
        /** As it is typed: lower case, hyphens. */
        String word();
    }

    WordConverter(E[] words) {
        this.words = List.copyOf(Arrays.asList(words));
    }

    @Override
    public final E convert(String text) {
        return words.stream()
                .filter(word -> word.word().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'"
                                                + TerminalText.visible(text)
                                                + "' is none of "
                                                + words.stream()
                                                        .map(Word::word)
                                                        .collect(Collectors.joining(", "))));
    }

    @Override
    public final Iterator<String> iterator() {
        return words.stream().map(Word::word).iterator();
    }
}
