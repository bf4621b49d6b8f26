package dev.facet.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Renders the tables of commands in the documents from picocli's model. Options that subcommands
 * inherit are left out; the documents explain them beside the table.
 */
final class CommandTables {

  private CommandTables() {}

  /**
   * Returns a table in Markdown.
   *
   * @param root the command line with all commands
   * @param names the commands to list; a command with subcommands is replaced by these, by name
   */
  static String render(CommandLine root, List<String> names) {
    return names.stream()
        .flatMap(name -> rows(root, name))
        .collect(Collectors.joining("", "| command | description |\n|---|---|\n", ""));
  }

  private static Stream<String> rows(CommandLine root, String name) {
    CommandLine command = root.getSubcommands().get(name);
    if (command == null) {
      throw new IllegalArgumentException("no command: " + name);
    }
    Map<String, CommandLine> subcommands = new TreeMap<>(command.getSubcommands());
    return subcommands.isEmpty()
        ? Stream.of(row(name, command.getCommandSpec()))
        : subcommands.entrySet().stream()
            .map(it -> row(name + " " + it.getKey(), it.getValue().getCommandSpec()));
  }

  private static String row(String name, CommandSpec command) {
    Stream<String> positional =
        command.positionalParameters().stream().map(it -> optional(it, label(it)));
    Stream<String> options =
        command.options().stream()
            .filter(it -> !it.hidden() && !it.inherited() && !it.usageHelp() && !it.versionHelp())
            .map(it -> optional(it, option(it)));
    String synopsis =
        Stream.of(Stream.of("./facet " + name), positional, options)
            .flatMap(it -> it)
            .collect(Collectors.joining(" "));
    String description = String.join(" ", command.usageMessage().description());
    return "| `%s` | %s |\n".formatted(escape(synopsis), escape(description));
  }

  private static String optional(ArgSpec argument, String text) {
    return argument.required() ? text : "[" + text + "]";
  }

  private static String option(OptionSpec option) {
    return option.arity().max() == 0
        ? option.longestName()
        : option.longestName() + " " + label(option);
  }

  /** Returns the placeholder of a value; picocli derives {@code <file>} from a field's name. */
  private static String label(ArgSpec argument) {
    String label = argument.paramLabel();
    return label.startsWith("<")
        ? label.substring(1, label.length() - 1).toUpperCase(Locale.ROOT)
        : label;
  }

  private static String escape(String text) {
    return text.replace("|", "\\|");
  }
}
