using System.Data;
using Dapper;

namespace Gridwise.DeviceApi.Devices;

public sealed class DeviceQueries
{
    private readonly IDbConnection _db;

    public DeviceQueries(IDbConnection db) => _db = db;

    public async Task<IReadOnlyList<DeviceRow>> ListAsync(DeviceFilter filter, CancellationToken ct)
    {
        var column = filter.OrderBy switch
        {
            "serial" => "serial",
            "firmware" => "firmware_version",
            _ => "last_seen_at",
        };
        var sql = $"""
            SELECT id AS Id, serial AS Serial, firmware_version AS Firmware, last_seen_at AS LastSeenAt
            FROM device
            WHERE tenant_id = @TenantId AND (@Site::text IS NULL OR site = @Site) AND serial LIKE @Prefix || '%'
            ORDER BY {column} {(filter.Descending ? "DESC" : "ASC")}, id
            LIMIT @Limit OFFSET @Offset
            """;
        var parameters = new
        {
            filter.TenantId,
            filter.Site,
            Prefix = (filter.SerialPrefix ?? "").Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_"),
            Limit = Math.Clamp(filter.Limit, 1, 200),
            Offset = Math.Max(0, filter.Offset),
        };
        var rows = await _db.QueryAsync<DeviceRow>(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return rows.AsList();
    }
}
