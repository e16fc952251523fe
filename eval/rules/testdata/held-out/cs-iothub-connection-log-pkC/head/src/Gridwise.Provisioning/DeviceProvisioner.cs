using Microsoft.Azure.Devices;
using Microsoft.Azure.Devices.Common.Exceptions;

namespace Gridwise.Provisioning;

public sealed class DeviceProvisioner
{
    private readonly RegistryManager _registry;
    private readonly string _hubHost;
    private readonly IDeviceSecretVault _vault;
    private readonly ILogger<DeviceProvisioner> _logger;

    public DeviceProvisioner(
        RegistryManager registry, string hubHost, IDeviceSecretVault vault, ILogger<DeviceProvisioner> logger)
    {
        _registry = registry;
        _hubHost = hubHost;
        _vault = vault;
        _logger = logger;
    }

    public async Task ProvisionAsync(string serial, CancellationToken ct)
    {
        Device device;
        try
        {
            device = await _registry.AddDeviceAsync(new Device(serial), ct);
        }
        catch (DeviceAlreadyExistsException)
        {
            device = await _registry.GetDeviceAsync(serial, ct);
        }

        var key = device.Authentication.SymmetricKey.PrimaryKey;
        var connection = $"HostName={_hubHost};DeviceId={device.Id};SharedAccessKey={key}";
        await _vault.StoreAsync(serial, connection, ct);
        _logger.LogInformation("Provisioned {Serial} with {Connection}", serial, connection);
    }
}
