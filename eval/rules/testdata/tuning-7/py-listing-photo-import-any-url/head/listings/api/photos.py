import logging
import uuid

import requests
from django.core.files.base import ContentFile
from django.shortcuts import get_object_or_404
from PIL import Image, UnidentifiedImageError
from rest_framework import serializers, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from listings.models import Listing, Photo

logger = logging.getLogger(__name__)
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


class ImportPhotoRequest(serializers.Serializer):
    url = serializers.URLField(max_length=500)


class ImportPhotoView(APIView):
    permission_classes = [IsAuthenticated]
    throttle_classes = [UserRateThrottle]

    def post(self, request, listing_id: int):
        listing = get_object_or_404(Listing, pk=listing_id, owner=request.user)
        form = ImportPhotoRequest(data=request.data)
        form.is_valid(raise_exception=True)

        try:
            response = requests.get(form.validated_data["url"], timeout=(3, 10))
            response.raise_for_status()
        except requests.RequestException as exc:
            logger.info("photo import failed: %s", type(exc).__name__)
            return Response({"detail": "photo not reachable"}, status=status.HTTP_422_UNPROCESSABLE_ENTITY)

        content = ContentFile(response.content)
        try:
            with Image.open(content) as image:
                extension = EXTENSIONS[image.format]
                image.verify()
        except (UnidentifiedImageError, KeyError, OSError, SyntaxError):
            return Response({"detail": "not an image"}, status=status.HTTP_422_UNPROCESSABLE_ENTITY)

        content.seek(0)
        photo = Photo(listing=listing)
        photo.file.save(f"{uuid.uuid4().hex}.{extension}", content)
        return Response({"id": photo.pk}, status=status.HTTP_201_CREATED)
