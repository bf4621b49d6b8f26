package dev.facet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits shell text into its simple commands, those of command substitutions included. Variables
 * and substitutions stay as they are written; comments, redirections, assignments and keywords are
 * left out. Not a shell: here-documents, {@code case} and arithmetic are not supported.
 */
final class ShellText {

  private static final Set<String> KEYWORDS =
      Set.of("do", "done", "then", "else", "elif", "if", "fi", "while", "until", "{", "}", "!");

  private final String text;
  private final List<List<String>> commands = new ArrayList<>();
  private List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private boolean isRedirected;
  private int at;

  private ShellText(String text) {
    this.text = text;
  }

  /** Returns the words of each simple command, in order. */
  static List<List<String>> commands(String text) {
    return new ShellText(text).split();
  }

  private List<List<String>> split() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '\\' -> escaped();
        case '\'' -> append(until('\''));
        case '"' -> quoted();
        case '$' -> dollar();
        case ' ', '\t' -> endWord();
        case '\n', ';', '|', '&', '(', ')' -> endCommand();
        case '<', '>' -> redirected();
        case '#' -> comment();
        default -> append(String.valueOf(c));
      }
    }
    endCommand();
    return commands;
  }

  private void append(String part) {
    inWord = true;
    word.append(part);
  }

  private void escaped() {
    if (at < text.length() && text.charAt(at++) != '\n') {
      append(text.substring(at - 1, at));
    }
  }

  private String until(char end) {
    int close = text.indexOf(end, at);
    if (close < 0) {
      throw new IllegalArgumentException("a quote is not closed: " + text);
    }
    String inside = text.substring(at, close);
    at = close + 1;
    return inside;
  }

  private void quoted() {
    append("");
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '"' -> {
          return;
        }
        case '\\' -> escaped();
        case '$' -> dollar();
        default -> append(String.valueOf(c));
      }
    }
    throw new IllegalArgumentException("a quote is not closed: " + text);
  }

  private void dollar() {
    if (at < text.length() && text.charAt(at) == '(') {
      int close = closing(at + 1);
      String inside = text.substring(at + 1, close);
      commands.addAll(commands(inside));
      append("$(" + inside + ")");
      at = close + 1;
    } else {
      append("$");
    }
  }

  /** Returns the index of the parenthesis that closes a substitution. */
  private int closing(int from) {
    ShellText inner = new ShellText(text);
    inner.at = from;
    while (inner.at < text.length()) {
      char c = text.charAt(inner.at++);
      switch (c) {
        case '\\' -> inner.at++;
        case '\'' -> inner.until('\'');
        case '"' -> inner.quoted();
        case '$' -> inner.dollar();
        case ')' -> {
          return inner.at - 1;
        }
        default -> {}
      }
    }
    throw new IllegalArgumentException("a substitution is not closed: " + text);
  }

  private void redirected() {
    if (word.chars().allMatch(Character::isDigit)) {
      word.setLength(0);
      inWord = false;
    }
    endWord();
    while (at < text.length() && (text.charAt(at) == '>' || text.charAt(at) == '&')) {
      at++;
    }
    isRedirected = true;
  }

  private void comment() {
    if (inWord) {
      append("#");
    } else {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    }
  }

  private void endWord() {
    if (inWord && !isRedirected) {
      words.add(word.toString());
    }
    isRedirected &= !inWord;
    word.setLength(0);
    inWord = false;
  }

  private void endCommand() {
    endWord();
    isRedirected = false;
    while (!words.isEmpty()
        && (KEYWORDS.contains(words.getFirst()) || words.getFirst().matches("(?s)\\w+=.*"))) {
      words.removeFirst();
    }
    if (!words.isEmpty()) {
      commands.add(words);
      words = new ArrayList<>();
    }
  }
}
