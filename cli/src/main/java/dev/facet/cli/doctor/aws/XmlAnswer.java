package dev.facet.cli.doctor.aws;

import dev.facet.cli.doctor.NotReadable;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** An element of a response of AWS's Query protocol. */
record XmlAnswer(Element element) {

  /** Parses a response; document types are refused. */
  static XmlAnswer parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return new XmlAnswer(
          factory
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(xml)))
              .getDocumentElement());
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new NotReadable("a response is not XML", e);
    }
  }

  /** Returns the members of the first list of a name, at any depth; empty if there is none. */
  List<XmlAnswer> members(String list) {
    Node found = element.getElementsByTagName(list).item(0);
    List<XmlAnswer> members = new ArrayList<>();
    for (Node child = found == null ? null : found.getFirstChild();
        child != null;
        child = child.getNextSibling()) {
      if (child instanceof Element member) {
        members.add(new XmlAnswer(member));
      }
    }
    return members;
  }

  /** Returns the text of the first element of a name, at any depth; empty if there is none. */
  String text(String name) {
    Node found = element.getElementsByTagName(name).item(0);
    return found == null ? "" : found.getTextContent().strip();
  }

  /** Returns the element's own text. */
  String text() {
    return element.getTextContent().strip();
  }
}
