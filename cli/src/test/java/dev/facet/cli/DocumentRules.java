package dev.facet.cli;

import dev.facet.cli.CodeBlock.Marker;
import dev.facet.cli.MarkdownDocument.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The rules for documents. Each method checks one document and returns its faults, one line each.
 *
 * @param root the repository's folder
 * @param commands the root of all commands
 */
record DocumentRules(Path root, CommandSpec commands) {

  private static final String SCRIPT = "./facet";

  private static final Set<String> GROUPS =
      Set.of("applications", "keys", "plans", "principals", "dlq");
  private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");
  private static final Pattern SETTING = Pattern.compile("`([A-Za-z]+)`");
  private static final Pattern CONTEXT = Pattern.compile("-c ([A-Za-z]+)=");
  private static final Set<String> CDK = Set.of("bootstrap", "deploy", "destroy", "diff", "synth");
  private static final Set<String> PHASES = Set.of("clean", "test", "package", "verify");

  /** Checks markers: each is known, outputs follow a command, programs have a file name. */
  List<String> markers(MarkdownDocument document) {
    List<String> faults = new ArrayList<>();
    boolean hasOutput = false;
    for (CodeBlock block : document.blocks()) {
      if (block.marker().isEmpty()) {
        faults.add(
            fault(
                document,
                block.line(),
                "```%s is no known marker; README.md lists them".formatted(block.info())));
      }
      if (block.is(Marker.OUTPUT) && !hasOutput) {
        faults.add(fault(document, block.line(), "no run or ci block precedes the output"));
      }
      if (block.is(Marker.RUN) && !block.isShell() && block.program().isEmpty()) {
        faults.add(fault(document, block.line(), "the first line must be // and a file name"));
      }
      hasOutput = block.isShell() && (block.is(Marker.RUN) || block.is(Marker.CI));
    }
    return faults;
  }

  /** Checks programs: a test of another module names each of them. */
  List<String> programs(MarkdownDocument document) {
    List<String> faults = new ArrayList<>();
    for (CodeBlock block : document.blocks()) {
      block
          .program()
          .filter(program -> !isTested(program))
          .ifPresent(
              program -> faults.add(fault(document, block.line(), "no test runs " + program)));
    }
    return faults;
  }

  /** Checks that picocli accepts each command of a block and of inline code. */
  List<String> commands(MarkdownDocument document) {
    List<String> faults = new ArrayList<>();
    for (CodeBlock block : document.blocks()) {
      shellCommands(block)
          .filter(words -> words.getFirst().equals(SCRIPT))
          .forEach(words -> parse(document, block.line(), words, faults));
    }
    for (Part code : document.inlineCode()) {
      if (code.text().startsWith(SCRIPT)) {
        ShellText.commands(code.text()).stream()
            .filter(words -> words.getFirst().equals(SCRIPT) && !isMention(words))
            .forEach(words -> parse(document, code.line(), words, faults));
      }
      if (isCommandWithoutScript(code.text())) {
        faults.add(
            fault(
                document,
                code.line(),
                "write `./facet …` in place of `%s`".formatted(code.text())));
      }
    }
    return faults;
  }

  /** Returns whether only a command is named, without arguments. */
  private boolean isMention(List<String> words) {
    CommandSpec command = commands;
    for (String word : words.subList(1, words.size())) {
      if (!command.subcommands().containsKey(word)) {
        return false;
      }
      command = command.subcommands().get(word).getCommandSpec();
    }
    return true;
  }

  private void parse(MarkdownDocument document, int line, List<String> words, List<String> faults) {
    try {
      CommandTables.parse(words);
    } catch (IllegalArgumentException refused) {
      faults.add(fault(document, line, String.valueOf(refused.getMessage())));
    }
    if (words.size() > 2 && words.get(1).equals("test") && !isModule(words.get(2))) {
      faults.add(fault(document, line, "there is no module " + words.get(2)));
    }
  }

  /** Returns whether inline code is a command that lacks the script's name. */
  private boolean isCommandWithoutScript(String code) {
    String[] words = code.split(" +");
    if (words.length < 2) {
      return false;
    }
    if (words[0].equals("facet")) {
      return true;
    }
    CommandLine command = commands.subcommands().get(words[0]);
    if (command == null) {
      return false;
    }
    // "delete failed" is a message, "delete ID" a command
    return GROUPS.contains(words[0])
        ? command.getSubcommands().containsKey(words[1])
        : Stream.of(words)
            .skip(1)
            .anyMatch(word -> word.matches("--?[a-z].*|\"?\\$.*|[A-Z]{2,}|.+\\.[a-z]{3,4}"));
  }

  /** Checks the blocks that need AWS: their commands are known, and so are their settings. */
  List<String> deployments(MarkdownDocument document) {
    List<String> faults = new ArrayList<>();
    Set<String> settings = settings();
    for (CodeBlock block : document.blocks()) {
      if (block.is(Marker.NEEDS_AWS)) {
        shellCommands(block)
            .filter(words -> !isDeploymentCommand(words))
            .forEach(
                words ->
                    faults.add(
                        fault(
                            document,
                            block.line(),
                            "'%s' cannot be checked without AWS: use ./facet, npx cdk or aws"
                                .formatted(String.join(" ", words)))));
      }
      if (block.isShell()) {
        checkSettings(document, block.line(), block.text(), settings, faults);
      }
    }
    document
        .inlineCode()
        .forEach(code -> checkSettings(document, code.line(), code.text(), settings, faults));
    return faults;
  }

  private boolean isDeploymentCommand(List<String> words) {
    return switch (words.getFirst()) {
      case SCRIPT, "aws" -> true;
      case "cd" -> words.size() == 2 && Files.isDirectory(root.resolve(words.get(1)));
      case "npx" -> words.size() > 2 && words.get(1).equals("cdk") && CDK.contains(words.get(2));
      default -> false;
    };
  }

  private static void checkSettings(
      MarkdownDocument document, int line, String text, Set<String> settings, List<String> faults) {
    CONTEXT
        .matcher(text)
        .results()
        .map(context -> context.group(1))
        .filter(name -> !name.equals("name") && !settings.contains(name))
        .forEach(
            name -> faults.add(fault(document, line, "docs/deploy.md has no setting " + name)));
  }

  /** Returns the settings in the table of docs/deploy.md, which infra-cdk's tests compare. */
  private Set<String> settings() {
    Set<String> names = new LinkedHashSet<>();
    List<String> lines = text(Path.of("docs/deploy.md")).lines().toList();
    lines.stream()
        .skip(lines.indexOf("| setting | default | what it does |") + 2L)
        .takeWhile(line -> line.startsWith("|"))
        .flatMap(line -> SETTING.matcher(line.split("\\|")[1]).results())
        .forEach(name -> names.add(name.group(1)));
    return names;
  }

  /** Checks that Maven's commands name modules of this build. */
  List<String> modules(MarkdownDocument document) {
    List<String> faults = new ArrayList<>();
    for (CodeBlock block : document.blocks()) {
      shellCommands(block).forEach(words -> checkModules(document, block.line(), words, faults));
    }
    for (Part code : document.inlineCode()) {
      if (code.text().startsWith("mvn ")) {
        ShellText.commands(code.text())
            .forEach(words -> checkModules(document, code.line(), words, faults));
      }
    }
    return faults;
  }

  private void checkModules(
      MarkdownDocument document, int line, List<String> words, List<String> faults) {
    int option = words.indexOf("-pl");
    if (words.getFirst().equals("mvn") && option > 0) {
      Stream.of(words.get(option + 1).split(","))
          .filter(module -> !isModule(module))
          .forEach(module -> faults.add(fault(document, line, "there is no module " + module)));
    }
  }

  private boolean isModule(String name) {
    return CommandTables.PLACEHOLDER.matcher(name).matches()
        || MODULE
            .matcher(text(Path.of("pom.xml")))
            .results()
            .anyMatch(module -> module.group(1).equals(name));
  }

  /** Checks that links lead to files and headings of the repository. */
  List<String> links(MarkdownDocument document) {
    List<String> faults = new ArrayList<>();
    for (Part link : document.links()) {
      if (!link.text().matches("[a-z]+:.*") && !resolves(document, link.text())) {
        faults.add(fault(document, link.line(), "the link leads nowhere: " + link.text()));
      }
    }
    return faults;
  }

  private boolean resolves(MarkdownDocument document, String link) {
    String[] parts = link.split("#", 2);
    if (parts[0].isEmpty()) {
      return document.anchors().contains(parts[1]);
    }
    Path target = document.file().resolveSibling(parts[0]).normalize();
    if (target.startsWith("..") || !Files.exists(root.resolve(target))) {
      return false;
    }
    return parts.length == 1
        || new MarkdownDocument(target, text(target)).anchors().contains(parts[1]);
  }

  /**
   * Checks that CI runs the commands of ci blocks. A command counts as run if a script of CI has a
   * line with its program and its subcommands, whatever the options; a phase of Maven if CI runs
   * {@code verify}.
   */
  List<String> continuousIntegration(MarkdownDocument document) {
    List<String> faults = new ArrayList<>();
    for (CodeBlock block : document.blocks()) {
      if (block.is(Marker.CI)) {
        shellCommands(block)
            .filter(words -> !isRunByCi(words))
            .forEach(
                words ->
                    faults.add(
                        fault(
                            document,
                            block.line(),
                            "CI does not run: " + String.join(" ", words))));
      }
    }
    return faults;
  }

  private boolean isRunByCi(List<String> words) {
    List<String> plain = words.stream().filter(word -> word.matches("[a-z-]+")).toList();
    return switch (words.getFirst()) {
      case "cd" -> words.size() == 2 && Files.isDirectory(root.resolve(words.get(1)));
      case "mvn" -> words.stream().anyMatch(PHASES::contains) && isInCi(List.of("mvn", "verify"));
      case SCRIPT -> isInCi(List.of("facet", words.get(1)));
      default ->
          plain.size() > 1 && isInCi(plain.stream().filter(w -> !w.startsWith("-")).toList());
    };
  }

  private boolean isInCi(List<String> words) {
    Pattern line =
        words.stream()
            .map(word -> "\\b" + Pattern.quote(word) + "\\b")
            .collect(Collectors.collectingAndThen(Collectors.joining(".*"), Pattern::compile));
    return scripts().lines().anyMatch(it -> line.matcher(it).find());
  }

  /** Returns the scripts of CI; SAM's calls are in Java, one word a line. */
  private String scripts() {
    String java =
        text(Path.of("checks/events/src/main/java/dev/facet/checks/events/SamEngine.java"));
    return Stream.of(".ci/run", "checks/api/run", "checks/templates/run", "events/run.sh")
        .map(file -> text(Path.of(file)))
        .collect(Collectors.joining("\n", "", "\n" + java.replaceAll("\",\\s*\"", " ")));
  }

  private static Stream<List<String>> shellCommands(CodeBlock block) {
    return block.isShell() ? ShellText.commands(block.text()).stream() : Stream.empty();
  }

  private static String fault(MarkdownDocument document, int line, String text) {
    return "%s:%d: %s".formatted(document.file(), line, text);
  }

  /** Returns whether a test of another module names a program's file. */
  private boolean isTested(String program) {
    try {
      return new ProcessBuilder(
                  "git",
                  "grep",
                  "--untracked",
                  "-qF",
                  "\"" + program + "\"",
                  "--",
                  ":(glob)**/src/test/java/**",
                  ":(exclude)cli")
              .directory(root.toFile())
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String text(Path file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
