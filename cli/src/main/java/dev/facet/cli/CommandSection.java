package dev.facet.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * All commands, in the sections and the order of {@code ./facet help}. The script {@code facet}
 * holds the rendered text, so that it need not start a JVM; a test compares the two.
 */
enum CommandSection {
  SERVICE("the service", "serve"),
  ADMINISTRATION(
      "administration of a service, running or not, or of a deployed stack",
      "keys",
      "plans",
      "principals",
      "dlq"),
  CLIENT(
      "a running service, with the credentials that 'serve' wrote",
      "register",
      "update",
      "search",
      "verify",
      "delete",
      "extract"),
  MODELS("models", "embed", "calibrate"),
  INSTALLATION("this installation", "test", "jdk", "help");

  private final String heading;
  private final List<String> commands;

  CommandSection(String heading, String... commands) {
    this.heading = heading;
    this.commands = List.of(commands);
  }

  /** Returns the names of all commands. */
  static List<String> names() {
    return Stream.of(values()).flatMap(section -> section.commands.stream()).toList();
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
    return Stream.of(values()).map(section -> section.render(root)).collect(Collectors.joining());
  }

  private String render(CommandSpec root) {
    return commands.stream()
        .map(name -> "  %-12s%s%n".formatted(name, description(root, name)))
        .collect(Collectors.joining("", "%n%s%n".formatted(heading), ""));
  }

  private static String description(CommandSpec root, String name) {
    return root.subcommands().get(name).getCommandSpec().usageMessage().description()[0];
  }
}
