using Microsoft.Azure.Devices;

namespace Gridwise.Provisioning;

public sealed class EdgeEnrollment
{
    private readonly RegistryManager _registry;
    private readonly IDeviceSecretVault _vault;
    private readonly EdgeOptions _options;
    private readonly ILogger<EdgeEnrollment> _logger;

    public EdgeEnrollment(
        RegistryManager registry, IDeviceSecretVault vault, EdgeOptions options, ILogger<EdgeEnrollment> logger)
    {
        _registry = registry;
        _vault = vault;
        _options = options;
        _logger = logger;
    }

    public async Task<Uri> EnrollAsync(string serial, CancellationToken ct)
    {
        var device = await _registry.GetDeviceAsync(serial, ct)
            ?? await _registry.AddDeviceAsync(
                new Device(serial) { Capabilities = new() { IotEdge = true } }, ct);

        var connectionString =
            $"HostName={_options.HubHost};DeviceId={device.Id};SharedAccessKey={device.Authentication.SymmetricKey.PrimaryKey}";
        var secret = await _vault.StoreAsync($"edge-{serial}", connectionString, ct);

        _logger.LogInformation(
            "edge device {Device} enrolled at {Host}, connection string stored as {SecretName}",
            device.Id, _options.HubHost, secret.Name);
        return secret.Identifier;
    }
}
