package dev.facet.cli;

import dev.facet.client.FacetClient;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
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

  /** A value that stands for the reader's own. */
  static final Pattern PLACEHOLDER = Pattern.compile("[A-Z][A-Z|]*|\\$.+");

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
   * Parses a command line without executing it, split as by a shell.
   *
   * @param commandLine a command as the documents quote it, such as {@code ./facet keys create
   *     --plan x}
   * @throws IllegalArgumentException if it does not start with {@code ./facet} or picocli refuses
   *     it
   */
  public static void parse(String commandLine) {
    List<List<String>> commands;
    try {
      commands = ShellText.commands(commandLine);
    } catch (IllegalArgumentException unclosed) {
      throw new IllegalArgumentException(
          "'%s' lacks a closing quote".formatted(commandLine), unclosed);
    }
    if (commands.size() != 1) {
      throw new IllegalArgumentException("'%s' must be one command".formatted(commandLine));
    }
    parse(commandLine, commands.getFirst());
  }

  /**
   * Parses the words of a command line without executing it. In place of an id or a number, a
   * variable or a placeholder in capitals is accepted.
   *
   * @throws IllegalArgumentException if it does not start with {@code ./facet} or picocli refuses
   *     it
   */
  static void parse(List<String> words) {
    parse(String.join(" ", words), words);
  }

  private static void parse(String commandLine, List<String> words) {
    if (!words.getFirst().equals(SCRIPT)) {
      throw new IllegalArgumentException(
          "'%s' must start with '%s'".formatted(commandLine, SCRIPT));
    }
    CommandLine root = commandLine();
    accept(root, UUID.class, new UUID(0, 0), UUID::fromString);
    accept(root, int.class, 1, Integer::valueOf);
    accept(root, double.class, 1.0, Double::valueOf);
    try {
      requireLeaf(
          commandLine, root.parseArgs(words.subList(1, words.size()).toArray(String[]::new)));
    } catch (ParameterException refused) {
      throw new IllegalArgumentException(
          "'%s' is refused: %s".formatted(commandLine, refused.getMessage()), refused);
    }
  }

  private static <T> void accept(
      CommandLine command, Class<T> type, T sample, Function<String, T> converter) {
    command.registerConverter(
        type, text -> PLACEHOLDER.matcher(text).matches() ? sample : converter.apply(text));
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
        : new TreeMap<>(spec.subcommands())
            .values().stream().distinct().flatMap(sub -> leaves(sub.getCommandSpec()));
  }

  private static String usage(CommandSpec spec) {
    Stream<String> parameters =
        spec.positionalParameters().stream()
            .filter(parameter -> !parameter.hidden())
            .map(ArgSpec::paramLabel);
    Stream<String> required = options(spec).filter(OptionSpec::required).map(it -> usage(it));
    Stream<String> optional =
        options(spec).filter(it -> !it.required()).map(it -> "[" + usage(it) + "]");
    return Stream.of(Stream.of("./" + spec.qualifiedName()), parameters, required, optional)
        .flatMap(part -> part)
        .collect(Collectors.joining(" "))
        .replace("|", "\\|");
  }

  private static String usage(OptionSpec option) {
    return option.arity().max() == 0
        ? option.longestName()
        : option.longestName() + " " + option.paramLabel();
  }

  /** Returns the options of one command; those that subcommands inherit are left to the text. */
  private static Stream<OptionSpec> options(CommandSpec spec) {
    return spec.options().stream()
        .filter(it -> !it.hidden() && !it.inherited() && !it.usageHelp() && !it.versionHelp());
  }

  private static String description(CommandSpec spec) {
    return String.join(" ", spec.usageMessage().description()).formatted().replace("|", "\\|");
  }
}
