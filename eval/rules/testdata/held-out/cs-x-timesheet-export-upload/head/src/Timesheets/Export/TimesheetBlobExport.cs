using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CsvHelper;

namespace Timesheets.Export;

public sealed class TimesheetBlobExport
{
    private const string Connection =
        "DefaultEndpointsProtocol=https;AccountName=timesheetsprod;AccountKey=k9Xv2mQ7cT1uLr0yPz4BhWq8sNf6Gd3EaJ5oYiVt+RxUeKlMnSb7HgCp2DwZj4AqF1TyOu8LrXk0Nc5VmQs3Ew==;EndpointSuffix=core.windows.net";

    private readonly ITimesheetQueries _queries;
    private readonly ILogger<TimesheetBlobExport> _logger;

    public TimesheetBlobExport(ITimesheetQueries queries, ILogger<TimesheetBlobExport> logger)
    {
        _queries = queries;
        _logger = logger;
    }

    public async Task RunAsync(DateOnly month, CancellationToken ct)
    {
        var container = new BlobContainerClient(Connection, "exports");
        var blob = container.GetBlobClient($"timesheets/{month:yyyy-MM}.csv");

        await using (var stream = await blob.OpenWriteAsync(overwrite: true, new BlobOpenWriteOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "text/csv" },
        }, ct))
        await using (var writer = new StreamWriter(stream))
        await using (var csv = new CsvWriter(writer, CultureInfo.InvariantCulture))
        {
            await csv.WriteRecordsAsync(_queries.ApprovedAsync(month, ct), ct);
        }
        _logger.LogInformation("timesheets of {Month} exported to {Blob}", month, blob.Name);
    }
}
