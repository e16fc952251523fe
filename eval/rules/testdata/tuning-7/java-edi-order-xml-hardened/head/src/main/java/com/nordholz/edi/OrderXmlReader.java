package com.nordholz.edi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

public final class OrderXmlReader {

    private static final int MAX_BYTES = 2 * 1024 * 1024;
    private static final int MAX_LINES = 2_000;

    private final DocumentBuilderFactory factory;

    public OrderXmlReader() throws ParserConfigurationException {
        factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
    }

    public List<OrderLine> read(byte[] xml) throws InvalidOrderException {
        if (xml.length > MAX_BYTES) {
            throw new InvalidOrderException("order of " + xml.length + " bytes");
        }
        try {
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
            NodeList nodes = document.getElementsByTagName("OrderLine");
            if (nodes.getLength() == 0 || nodes.getLength() > MAX_LINES) {
                throw new InvalidOrderException(nodes.getLength() + " lines");
            }
            List<OrderLine> lines = new ArrayList<>(nodes.getLength());
            for (int i = 0; i < nodes.getLength(); i++) {
                Element line = (Element) nodes.item(i);
                BigDecimal quantity = new BigDecimal(line.getAttribute("quantity"));
                if (line.getAttribute("gtin").isBlank() || quantity.signum() <= 0) {
                    throw new InvalidOrderException("line " + (i + 1));
                }
                lines.add(new OrderLine(line.getAttribute("gtin"), quantity));
            }
            return lines;
        } catch (SAXException | IOException | ParserConfigurationException | NumberFormatException e) {
            throw new InvalidOrderException("order is not readable", e);
        }
    }
}
