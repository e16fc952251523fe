using Microsoft.Graph;
using Microsoft.Graph.Models;

namespace Archive.Sync.SharePoint;

public sealed class DocumentUploader(ILogger<DocumentUploader> logger)
{
    private readonly GraphServiceClient _graph = SharePointAuth.CreateClient();

    /// <summary>Writes the document to its path; an existing one is replaced.</summary>
    public async Task<string> UploadAsync(string driveId, string path, Stream content, CancellationToken ct)
    {
        var item = await _graph.Drives[driveId].Root.ItemWithPath(path).Content.PutAsync(content, cancellationToken: ct);
        if (item?.Id is null)
        {
            throw new InvalidOperationException($"no item for {path}");
        }
        logger.LogInformation("Archived {Path} as {ItemId}", path, item.Id);
        return item.Id;
    }
}
