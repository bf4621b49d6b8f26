package dev.facet.cli;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * A section of the list of commands in {@code ./facet help}. The script {@code facet} holds the
 * rendered list, so that it need not start a JVM; a test compares the two.
 */
record CommandSection(String heading, List<String> commands) {

  private static final List<CommandSection> ALL =
      List.of(
          of("the service", "serve"),
          of(
              "administration of a service, running or not, or of a deployed stack",
              "applications",
              "galleries",
              "keys",
              "plans",
              "principals",
              "dlq",
              "restore"),
          of(
              "a running service, with the credentials that 'serve' wrote",
              "register",
              "update",
              "search",
              "verify",
              "delete",
              "extract"),
          of("a running service, or a deployed stack", "doctor"),
          of("models", "embed", "calibrate"),
          of("this installation", "test", "jdk", "help"));

  CommandSection {
    commands = List.copyOf(commands);
  }

  private static CommandSection of(String heading, String... commands) {
    return new CommandSection(heading, List.of(commands));
  }

  /** Returns the names of all commands. */
  static List<String> names() {
    return ALL.stream().flatMap(section -> section.commands.stream()).toList();
  }

  /** Lists the commands of a root in sections; to be called before the commands are added. */
  static void listIn(CommandLine root) {
    root.setHelpSectionKeys(
        List.of(
            UsageMessageSpec.SECTION_KEY_HEADER,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST));
    root.getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> list(help.commandSpec()));
  }

  private static String list(CommandSpec root) {
    return ALL.stream().map(section -> section.render(root)).collect(Collectors.joining());
  }

  private String render(CommandSpec root) {
    return commands.stream()
        .map(name -> "  %-14s%s%n".formatted(name, description(root, name)))
        .collect(Collectors.joining("", "%n%s%n".formatted(heading), ""));
  }

  private static String description(CommandSpec root, String name) {
    return Objects.requireNonNull(root.subcommands().get(name))
        .getCommandSpec()
        .usageMessage()
        .description()[0];
  }
}
