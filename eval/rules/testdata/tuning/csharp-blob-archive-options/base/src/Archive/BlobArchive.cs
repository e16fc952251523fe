using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Configuration;

namespace Acme.Archive;

public sealed class BlobArchive
{
    private const string Container = "invoices";

    private readonly BlobContainerClient _container;

    public BlobArchive(IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString("Archive")
            ?? throw new InvalidOperationException("Connection string 'Archive' is missing.");
        _container = new BlobContainerClient(connection, Container);
    }

    public async Task<Uri> StoreAsync(string invoiceNumber, Stream pdf, CancellationToken ct)
    {
        var blob = _container.GetBlobClient($"{DateTime.UtcNow:yyyy/MM}/{invoiceNumber}.pdf");
        await blob.UploadAsync(
            pdf,
            new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = "application/pdf" },
                Metadata = new Dictionary<string, string> { ["invoice"] = invoiceNumber },
            },
            ct);
        return blob.Uri;
    }
}
