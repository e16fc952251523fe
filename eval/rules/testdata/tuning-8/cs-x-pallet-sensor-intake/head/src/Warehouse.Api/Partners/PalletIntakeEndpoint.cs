using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Warehouse.Api.Partners;

public static class PalletIntakeEndpoint
{
    public static void MapPalletIntake(this RouteGroupBuilder partners)
    {
        partners.MapPost("/pallet-movements", HandleAsync)
            .RequireAuthorization("partner.write")
            .WithName("PalletMovements");
    }

    private static async Task<Accepted> HandleAsync(
        JsonElement body,
        HttpContext context,
        IPalletLedger ledger,
        CancellationToken ct)
    {
        var movement = new PalletMovement(
            PartnerId: context.User.PartnerId(),
            MovementId: body.GetProperty("movementId").GetString()!,
            Warehouse: body.GetProperty("warehouse").GetProperty("code").GetString()!,
            Quantity: body.GetProperty("quantity").GetInt32(),
            OccurredAt: DateTimeOffset.Parse(body.GetProperty("occurredAt").GetString()!, CultureInfo.InvariantCulture));

        await ledger.RecordOnceAsync(movement, ct);
        return TypedResults.Accepted((string?)null);
    }
}
