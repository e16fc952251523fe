package eu.buchwerk.banking;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads pain.002 reports that customers upload from their own bank. */
public final class PainStatusReader {

    private static final String NS = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10";

    public PaymentStatus read(InputStream report) throws IOException, InvalidReportException {
        Document document;
        try {
            document = builder().parse(report);
        } catch (SAXException e) {
            throw new InvalidReportException("not well-formed or not allowed", e);
        }
        String message = text(document, "OrgnlMsgId");
        String status = text(document, "GrpSts");
        return new PaymentStatus(message, GroupStatus.parse(status));
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setXIncludeAware(false);
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("XML parser lacks a required feature", e);
        }
    }

    private static String text(Document document, String name) throws InvalidReportException {
        NodeList found = document.getElementsByTagNameNS(NS, name);
        if (found.getLength() != 1) {
            throw new InvalidReportException(name + " must occur once");
        }
        return ((Element) found.item(0)).getTextContent().strip();
    }
}
