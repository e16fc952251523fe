# frozen_string_literal: true

require "socket"

module Depot
  # Sends ZPL to the print gateway of a depot and waits for its acknowledgement.
  class PrintGateway
    class Rejected < StandardError; end

    ACK = "OK"
    MAX_REPLY = 256

    def initialize(host:, port: 9100, logger: Rails.logger)
      @host = host
      @port = port
      @logger = logger
    end

    def print(label)
      raise ArgumentError, "label #{label.id} has no ZPL" if label.zpl.blank?

      socket = TCPSocket.new(@host, @port)
      socket.write(label.zpl)
      reply = socket.gets("\n", MAX_REPLY).to_s.strip
      raise Rejected, "gateway #{@host} answered #{reply.inspect}" unless reply == ACK

      @logger.info("printed label #{label.id} on #{@host}")
      label.update!(printed_at: Time.current)
    rescue SystemCallError, SocketError => e
      @logger.error("print gateway #{@host} not reachable: #{e.class}")
      raise Rejected, "gateway #{@host} not reachable"
    ensure
      socket&.close
    end
  end
end
