package dev.facet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown document.
 *
 * @param file its path in the repository
 * @param text its content
 */
record MarkdownDocument(Path file, String text) {

  static final Path ROOT = Path.of(System.getProperty("facet.root", "..")).toAbsolutePath();

  private static final Pattern SPAN =
      Pattern.compile("(?<!`)(`+)(?!`)(.+?)(?<!`)\\1(?!`)", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");
  private static final Pattern GENERATED =
      Pattern.compile("<!-- generated: (\\S+) (.+?) -->\n(.*?)<!-- end -->", Pattern.DOTALL);

  /** A part of the text, with the number of its first line. */
  record Part(int line, String text) {}

  /**
   * A generated section.
   *
   * @param generator the name of its generator
   * @param arguments the generator's arguments
   * @param text the content between the two comments
   */
  record Generated(int line, String generator, List<String> arguments, String text) {}

  static MarkdownDocument read(Path file) throws IOException {
    return new MarkdownDocument(file, Files.readString(ROOT.resolve(file)));
  }

  /**
   * Reads all Markdown files of the repository in the order in which a reader meets them: README,
   * the documents that its section "Documentation" lists, CONTRIBUTING, and the others by path.
   */
  static List<MarkdownDocument> all() throws IOException {
    MarkdownDocument readme = read(Path.of("README.md"));
    Set<Path> files = new LinkedHashSet<>();
    files.add(readme.file());
    readme.section("Documentation").links().stream()
        .filter(link -> link.text().endsWith(".md"))
        .forEach(link -> files.add(Path.of(link.text())));
    files.add(Path.of("CONTRIBUTING.md"));
    files.addAll(tracked());
    List<MarkdownDocument> documents = new ArrayList<>();
    for (Path file : files) {
      documents.add(read(file));
    }
    return documents;
  }

  /** Returns the files that Git tracks or would track, by path. */
  private static Collection<Path> tracked() throws IOException {
    Process git =
        new ProcessBuilder("git", "ls-files", "-co", "--exclude-standard", "--", "*.md")
            .directory(ROOT.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String listed = new String(git.getInputStream().readAllBytes(), UTF_8);
    assumeTrue(!listed.isEmpty(), "skipped: Git does not know this folder, " + ROOT);
    return listed
        .lines()
        .map(Path::of)
        .filter(file -> Files.exists(ROOT.resolve(file)))
        .sorted()
        .toList();
  }

  /** Returns the part of the document under a heading of the second level. */
  private MarkdownDocument section(String heading) {
    int start = text.indexOf("\n## " + heading + "\n") + 1;
    int end = text.indexOf("\n## ", start);
    if (start == 0) {
      throw new AssertionError("%s has no section %s".formatted(file, heading));
    }
    return new MarkdownDocument(file, text.substring(start, end < 0 ? text.length() : end));
  }

  /** Returns all fenced code blocks, in order. */
  List<CodeBlock> blocks() {
    List<CodeBlock> blocks = new ArrayList<>();
    List<String> lines = text.lines().toList();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at++).strip();
      if (isFence(line)) {
        int begin = at;
        String fence = line.substring(0, 3);
        while (at < lines.size() && !lines.get(at).strip().equals(fence)) {
          at++;
        }
        blocks.add(new CodeBlock(begin, line.substring(3).strip(), lines.subList(begin, at++)));
      }
    }
    return blocks;
  }

  private static boolean isFence(String line) {
    return line.startsWith("```") || line.startsWith("~~~");
  }

  /** Returns all inline code outside blocks and generated sections. */
  List<Part> inlineCode() {
    String prose = blank(GENERATED, withoutBlocks());
    return SPAN.matcher(prose)
        .results()
        .map(
            span ->
                new Part(
                    line(prose, span.start()),
                    span.group(2).replaceAll("\\s*\n\\s*", " ").replace("\\|", "|").strip()))
        .toList();
  }

  /** Returns the targets of all links. */
  List<Part> links() {
    String prose = blank(SPAN, withoutBlocks());
    return LINK.matcher(prose)
        .results()
        .map(link -> new Part(line(prose, link.start()), link.group(1)))
        .toList();
  }

  /** Returns the anchors of all headings, as GitHub makes them. */
  Set<String> anchors() {
    Set<String> anchors = new LinkedHashSet<>();
    Map<String, Integer> counts = new HashMap<>();
    Matcher heading = HEADING.matcher(withoutBlocks());
    while (heading.find()) {
      String anchor =
          heading
              .group(1)
              .strip()
              .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{M}\\p{N}_ -]", "")
              .replace(' ', '-');
      int earlier = counts.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
    }
    return anchors;
  }

  /** Returns all generated sections. */
  List<Generated> generated() {
    return GENERATED
        .matcher(text)
        .results()
        .map(
            section ->
                new Generated(
                    line(text, section.start()),
                    section.group(1),
                    List.of(section.group(2).split(" ")),
                    section.group(3)))
        .toList();
  }

  /** Returns the document with the content of a generated section replaced. */
  MarkdownDocument with(Generated section, String content) {
    String head =
        "<!-- generated: %s %s -->\n"
            .formatted(section.generator(), String.join(" ", section.arguments()));
    return new MarkdownDocument(
        file,
        text.replace(head + section.text() + "<!-- end -->", head + content + "<!-- end -->"));
  }

  /** Returns the text with the lines of all blocks emptied, so that line numbers stay. */
  private String withoutBlocks() {
    List<String> lines = new ArrayList<>(text.lines().toList());
    for (CodeBlock block : blocks()) {
      int end = Math.min(lines.size(), block.line() + block.lines().size() + 1);
      lines.subList(block.line() - 1, end).replaceAll(line -> "");
    }
    return String.join("\n", lines) + "\n";
  }

  /** Replaces every match by as many blanks and line ends, so that line numbers stay. */
  private static String blank(Pattern pattern, String text) {
    return pattern.matcher(text).replaceAll(match -> match.group().replaceAll("[^\n]", " "));
  }

  private static int line(String text, int index) {
    return (int) text.substring(0, index).chars().filter(c -> c == '\n').count() + 1;
  }
}
