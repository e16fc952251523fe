using Assets.Sync.Data;
using Microsoft.Graph;
using Microsoft.Graph.Models;

namespace Assets.Sync.Graph;

public sealed class DeviceInventory(GraphServiceClient graph, AssetWriter assets, ILogger<DeviceInventory> logger)
{
    public async Task<int> RefreshAsync(CancellationToken ct)
    {
        var first = await graph.DeviceManagement.ManagedDevices.GetAsync(request =>
        {
            request.QueryParameters.Select = ["id", "deviceName", "serialNumber", "lastSyncDateTime"];
            request.QueryParameters.Top = 200;
        }, ct) ?? throw new InvalidOperationException("no answer of Graph");

        var found = new List<Asset>();
        var iterator = PageIterator<ManagedDevice, ManagedDeviceCollectionResponse>.CreatePageIterator(
            graph,
            first,
            device =>
            {
                if (device.Id is not null && !string.IsNullOrWhiteSpace(device.SerialNumber))
                {
                    found.Add(new Asset(device.Id, device.SerialNumber, device.DeviceName, device.LastSyncDateTime));
                }
                return true;
            });
        await iterator.IterateAsync(ct);

        await assets.ReplaceAllAsync("intune", found, ct);
        logger.LogInformation("{Count} devices from Intune", found.Count);
        return found.Count;
    }
}
