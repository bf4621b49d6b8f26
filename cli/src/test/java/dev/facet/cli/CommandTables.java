package dev.facet.cli;

import dev.facet.client.FacetClient;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Renders tables of commands for the documents, and checks command lines that they quote. */
public final class CommandTables {

  private static final String SCRIPT = "./facet";

  private CommandTables() {}

  /** Returns the root of all commands. */
  public static CommandSpec root() {
    return commandLine().getCommandSpec();
  }

  /**
   * Returns a Markdown table with the usage and the description of commands.
   *
   * @param commands names such as {@code verify} or {@code keys create}; a name that has
   *     subcommands, such as {@code keys}, stands for all of them
   * @throws IllegalArgumentException if there is no such command
   */
  public static String table(String... commands) {
    CommandSpec root = root();
    return Arrays.stream(commands)
        .flatMap(command -> leaves(find(root, command)))
        .map(spec -> "| `%s` | %s |%n".formatted(usage(spec), description(spec)))
        .collect(Collectors.joining("", "| command | description |%n|---|---|%n".formatted(), ""));
  }

  /**
   * Parses a command line without executing it. Words are separated by blanks; quotes group words
   * as in a shell; a backslash at the end of a line continues the line.
   *
   * @param commandLine a command as the documents quote it, such as {@code ./facet keys create
   *     --plan x}
   * @throws IllegalArgumentException if it does not start with {@code ./facet} or picocli refuses
   *     it
   */
  public static void parse(String commandLine) {
    List<String> words = words(commandLine);
    if (words.isEmpty() || !words.getFirst().equals(SCRIPT)) {
      throw new IllegalArgumentException(
          "'%s' must start with '%s'".formatted(commandLine, SCRIPT));
    }
    List<String> arguments = words.subList(1, words.size());
    try {
      CommandLine.ParseResult parsed = commandLine().parseArgs(arguments.toArray(String[]::new));
      requireLeaf(commandLine, parsed);
    } catch (ParameterException refused) {
      throw new IllegalArgumentException(
          "'%s' is refused: %s".formatted(commandLine, refused.getMessage()), refused);
    }
  }

  private static void requireLeaf(String commandLine, CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (!last.commandSpec().subcommands().isEmpty() && !last.isUsageHelpRequested()) {
      throw new IllegalArgumentException(
          "'%s' lacks a command after '%s'"
              .formatted(commandLine, last.commandSpec().qualifiedName()));
    }
  }

  private static CommandLine commandLine() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return new Facet(
            bundle -> {
              throw new IllegalStateException("no command is executed");
            },
            FacetClient::new,
            nowhere,
            nowhere)
        .commandLine();
  }

  private static CommandSpec find(CommandSpec root, String command) {
    CommandSpec spec = root;
    for (String name : command.split(" ", -1)) {
      CommandLine sub = spec.subcommands().get(name);
      if (sub == null) {
        throw new IllegalArgumentException("there is no command '%s'".formatted(command));
      }
      spec = sub.getCommandSpec();
    }
    return spec;
  }

  private static Stream<CommandSpec> leaves(CommandSpec spec) {
    return spec.subcommands().isEmpty()
        ? Stream.of(spec)
        : spec.subcommands().values().stream()
            .distinct()
            .flatMap(sub -> leaves(sub.getCommandSpec()));
  }

  private static String usage(CommandSpec spec) {
    Stream<String> parameters =
        spec.positionalParameters().stream()
            .filter(parameter -> !parameter.hidden())
            .map(ArgSpec::paramLabel);
    Stream<String> required =
        options(spec)
            .filter(OptionSpec::required)
            .map(option -> option.longestName() + " " + option.paramLabel());
    Stream<String> rest =
        options(spec).anyMatch(option -> !option.required() && !option.usageHelp())
            ? Stream.of("[OPTIONS]")
            : Stream.empty();
    return Stream.of(Stream.of("./" + spec.qualifiedName()), parameters, required, rest)
        .flatMap(part -> part)
        .collect(Collectors.joining(" "))
        .replace("|", "\\|");
  }

  private static Stream<OptionSpec> options(CommandSpec spec) {
    return spec.options().stream().filter(option -> !option.hidden() && !option.versionHelp());
  }

  private static String description(CommandSpec spec) {
    return String.join(" ", spec.usageMessage().description()).formatted().replace("|", "\\|");
  }

  /** Splits a command line as a shell does, without expansion of variables and patterns. */
  private static List<String> words(String commandLine) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    String line = commandLine.replaceAll("\\\\\\R", " ");
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("'%s' lacks a closing quote".formatted(commandLine));
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
