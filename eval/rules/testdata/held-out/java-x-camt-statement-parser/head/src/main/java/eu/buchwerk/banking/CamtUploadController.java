package eu.buchwerk.banking;

import java.io.IOException;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

@RestController
public class CamtUploadController {

    private static final long MAX_BYTES = 5 * 1024 * 1024;

    private final CamtMapper mapper;
    private final StatementStore store;

    public CamtUploadController(CamtMapper mapper, StatementStore store) {
        this.mapper = mapper;
        this.store = store;
    }

    @PostMapping("/api/statements")
    @PreAuthorize("hasAuthority('statements:import')")
    public ImportResult upload(@RequestParam("file") MultipartFile file) throws IOException {
        if (file.getSize() > MAX_BYTES) {
            throw new ResponseStatusException(HttpStatus.PAYLOAD_TOO_LARGE, "statement too large");
        }
        Document document;
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            document = factory.newDocumentBuilder().parse(file.getInputStream());
        } catch (ParserConfigurationException | SAXException e) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_ENTITY, "not a camt.053 document", e);
        }
        List<Booking> bookings = mapper.bookings(document);
        return store.saveNew(bookings);
    }
}
