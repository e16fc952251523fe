package com.supplyhub.exchange;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import java.nio.file.Path;

/** Puts EDIFACT interchanges into the inbox of a trading partner. */
public class EdiDropbox {

    private static final int CONNECT_MS = 15_000;
    private static final int SOCKET_MS = 30_000;

    private final JSch jsch = new JSch();
    private final PartnerEndpoint endpoint;

    public EdiDropbox(PartnerEndpoint endpoint, Path knownHosts, Path privateKey) throws JSchException {
        this.endpoint = endpoint;
        jsch.setKnownHosts(knownHosts.toString());
        jsch.addIdentity(privateKey.toString());
    }

    public void send(Path interchange) throws JSchException, SftpException {
        Session session = jsch.getSession(endpoint.user(), endpoint.host(), endpoint.port());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", "publickey");
        session.setTimeout(SOCKET_MS);
        session.connect(CONNECT_MS);
        try {
            ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
            sftp.connect(CONNECT_MS);
            String name = interchange.getFileName().toString();
            String hidden = endpoint.inbox() + "/." + name;
            sftp.put(interchange.toString(), hidden, ChannelSftp.OVERWRITE);
            sftp.rename(hidden, endpoint.inbox() + "/" + name);
        } finally {
            session.disconnect();
        }
    }
}
