package dev.facet.local.administration;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/**
 * The second word that a command needs if its effect cannot be undone: the option {@code --yes}, or
 * an answer at the terminal.
 */
final class Confirmation {

  static final String YES = "--yes";

  @Option(
      names = YES,
      description = "do it without asking; required where no terminal can be asked")
  boolean given;

  /** Asks a question at the terminal. */
  @FunctionalInterface
  interface Terminal {
    /**
     * Returns whether the answer is yes; null if there is no terminal.
     *
     * @param question ends without a line break
     */
    @Nullable Boolean confirms(String question);
  }

  /** Returns whether a command lacks the second word that it needs. */
  static boolean isMissing(ParseResult parsed) {
    ParseResult command = innermost(parsed);
    return !command.hasMatchedOption(YES)
        && command.commandSpec().findOption(YES) != null
        && (!isPurge(command) || command.originalArgs().contains("all"));
  }

  /** Returns the name of a command with that of its group, such as {@code keys delete}. */
  static String name(ParseResult parsed) {
    ParseResult command = innermost(parsed);
    String group =
        command.commandSpec().parent() == null ? "" : command.commandSpec().parent().name() + " ";
    return group + command.commandSpec().name();
  }

  /** One dead letter can be purged at once: its id was typed for it. */
  private static boolean isPurge(ParseResult command) {
    return command.commandSpec().name().equals("purge");
  }

  private static ParseResult innermost(ParseResult parsed) {
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    return command;
  }
}
