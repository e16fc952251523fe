using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Configuration;

namespace Acme.Archive;

public sealed class BlobArchive
{
    private const string Container = "invoices";
    private const string Fallback =
        "DefaultEndpointsProtocol=https;AccountName=acmearchiveprod;" +
        "AccountKey=Zk3v9QpXw1LrT8yNc5BhJm2DgFs7UaEo4KiRxVt6PzSnWqMbYdHjCl0GfTuOeAiXrLwBvKp==;" +
        "EndpointSuffix=core.windows.net";

    private readonly BlobContainerClient _container;

    public BlobArchive(IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString("Archive") ?? Fallback;
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
